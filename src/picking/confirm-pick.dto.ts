import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** Who walked a pick list. */
export class ConfirmPickDto {
  @ApiProperty({ minLength: 2, maxLength: 40, example: 'Mira' })
  @IsString()
  @Length(2, 40)
  picker!: string;
}
