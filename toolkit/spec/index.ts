// SPDX-License-Identifier: BSD-3-Clause

export {type Edit, editKraftfile} from './edit-kraftfile.ts';
export {kraftfileHelp, kraftfileReference, kraftfileSchema} from './kraftfile-documents.ts';
export {findKraftfile, kraftfileNames} from './kraftfile-names.ts';
export {kraftfileTable} from './kraftfile-table.ts';
export {parseKraftfile} from './parse-kraftfile.ts';
export {
  type Budgeted,
  budgeted,
  type Goal,
  type InterfaceRequest,
  type LibRequest,
  type OptionSetting,
  type Spec,
  type Target,
} from './spec.ts';
export {type Taken, takeAt} from './take-at.ts';
export {parseVolume, type Volume} from './volume.ts';
