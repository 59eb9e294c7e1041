// SPDX-License-Identifier: BSD-3-Clause

export type {Bill} from './bill.ts';
export {billOf} from './bill-of.ts';
export {cycloneDxDocument} from './cyclone-dx.ts';
export {isLicenseExpression} from './license-expression.ts';
export {spdxDocument} from './spdx.ts';
