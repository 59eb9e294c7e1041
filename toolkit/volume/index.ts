// SPDX-License-Identifier: BSD-3-Clause

export {type Checked, checkVolume} from './check-volume.ts';
export {copyIn, copyOut} from './copy.ts';
export {createVolume} from './create-volume.ts';
export {type Listed, listVolume} from './list-volume.ts';
