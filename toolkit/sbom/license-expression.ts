// SPDX-License-Identifier: BSD-3-Clause

import parse from 'spdx-expression-parse';

/** Whether a licence is written as SPDX writes it, and names licences that SPDX has (SPDX 2.3, annex D). */
export function isLicenseExpression(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
