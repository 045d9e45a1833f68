import { numberAt } from './digits.ts'

/** Dates inside numbers. */

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

export function isDate(year: number, month: number, day: number): boolean {
  const longest = LONGEST_MONTHS[month - 1]
  if (longest === undefined || day < 1 || day > longest) return false
  return month !== 2 || day < 29 || isLeap(year)
}

/** The year's first two digits are not written: a day of the last century or of this one. */
export const isShortDate = (year: number, month: number, day: number): boolean =>
  isDate(1900 + year, month, day) || isDate(2000 + year, month, day)

/** `YYMMDD` from `at`. */
export const isYearMonthDay = (digits: string, at = 0): boolean =>
  isShortDate(numberAt(digits, at, 2), numberAt(digits, at + 2, 2), numberAt(digits, at + 4, 2))

/** `DDMMYY` from `at`. */
export const isDayMonthYear = (digits: string, at = 0): boolean =>
  isShortDate(numberAt(digits, at + 4, 2), numberAt(digits, at + 2, 2), numberAt(digits, at, 2))

/** Years in which somebody may have been born whose papers are still about. */
export const isBirthYear = (year: number): boolean => year >= 1850 && year <= 2099

/** `YYYYMMDD` from `at`. */
export const isLongDate = (digits: string, at = 0): boolean =>
  isBirthYear(numberAt(digits, at, 4)) &&
  isDate(numberAt(digits, at, 4), numberAt(digits, at + 4, 2), numberAt(digits, at + 6, 2))
