/**
 * Sums by day of one address in one stream, kept in rows of 32 days: the span is the day divided by 32,
 * and each day stands in it by its remainder. What has no day (-1) is alone in span -1.
 */
const SPAN_DAYS = 32;

export const spanOf = (day: number): number => Math.floor(day / SPAN_DAYS);
export const placeOf = (day: number): number => day - spanOf(day) * SPAN_DAYS;
export const dayAt = (span: number, place: number): number => span * SPAN_DAYS + place;

const SPACE = 32;
const COMMA = 44;
const ZERO = 48;

/**
 * Calls back for each day of a text of rows: addresses parted by commas, each with the places and
 * messages of its days, as '12 3 40 4 1,15 3 2'. Like `eachPair` it makes nothing of the text.
 */
export function eachPlace(
  text: string,
  found: (addressId: number, place: number, messages: number) => void,
): void {
  let [addressId, place, number] = [-1, -1, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? COMMA : text.charCodeAt(at);
    if (code !== SPACE && code !== COMMA) {
      number = number * 10 + code - ZERO;
      continue;
    }
    if (addressId === -1) addressId = number;
    else if (place === -1) place = number;
    else {
      found(addressId, place, number);
      place = -1;
    }
    if (code === COMMA) addressId = -1;
    number = 0;
  }
}
