/** `@decorator() method(@parameters[0]() …, @parameters[1]() …)` without TypeScript. */
export function decorate(type, method, decorator, parameters = []) {
  decorator(type.prototype, method, Object.getOwnPropertyDescriptor(type.prototype, method));
  for (const [index, parameter] of parameters.entries()) parameter(type.prototype, method, index);
}
