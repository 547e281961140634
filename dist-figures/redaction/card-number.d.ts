import { type Match } from './rule.js';
/**
 * The card number among the digits that begin at a place: right in length, issuer and check digit (Luhn).
 * @returns the match, or where the digits end
 */
export declare function findCardNumber(text: string, at: number): Match | number;
