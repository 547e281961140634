import { ValidateBy } from 'class-validator';

/** Accepts true, false or a string. */
export function IsTrueFalseOrText(): PropertyDecorator {
  return ValidateBy({
    name: 'isTrueFalseOrText',
    validator: {
      validate: (value: unknown) => typeof value === 'boolean' || typeof value === 'string',
      defaultMessage: () => '$property must be true, false or a string',
    },
  });
}
