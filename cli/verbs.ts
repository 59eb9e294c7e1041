// SPDX-License-Identifier: BSD-3-Clause

import {add} from './verb/add.ts';
import {audit} from './verb/audit.ts';
import {build} from './verb/build.ts';
import {check} from './verb/check.ts';
import {choose} from './verb/choose.ts';
import {clean} from './verb/clean.ts';
import {completion} from './verb/completion.ts';
import {doctor} from './verb/doctor.ts';
import {init} from './verb/init.ts';
import {libBench} from './verb/lib-bench.ts';
import {libCheck} from './verb/lib-check.ts';
import {libCompare} from './verb/lib-compare.ts';
import {libImport} from './verb/lib-import.ts';
import {libMeasure} from './verb/lib-measure.ts';
import {libNew} from './verb/lib-new.ts';
import {libPack} from './verb/lib-pack.ts';
import {libPublish} from './verb/lib-publish.ts';
import {libTest} from './verb/lib-test.ts';
import {list} from './verb/list.ts';
import {menuconfig} from './verb/menuconfig.ts';
import {outdated} from './verb/outdated.ts';
import {plan} from './verb/plan.ts';
import {remove} from './verb/remove.ts';
import {run} from './verb/run.ts';
import {sbom} from './verb/sbom.ts';
import {search} from './verb/search.ts';
import {set} from './verb/set.ts';
import {solve} from './verb/solve.ts';
import {unset} from './verb/unset.ts';
import {update} from './verb/update.ts';
import {volumeCheck} from './verb/volume-check.ts';
import {volumeCp} from './verb/volume-cp.ts';
import {volumeCreate} from './verb/volume-create.ts';
import {volumeLs} from './verb/volume-ls.ts';
import {why} from './verb/why.ts';
import {whyNot} from './verb/why-not.ts';
import type {Verb} from './verb.ts';

/** Every verb, in the order in which a newcomer meets them. */
export const verbs: readonly Verb[] = [
  init,
  check,
  list,
  solve,
  why,
  whyNot,
  set,
  unset,
  choose,
  menuconfig,
  add,
  remove,
  update,
  outdated,
  search,
  plan,
  build,
  audit,
  sbom,
  run,
  volumeCreate,
  volumeLs,
  volumeCp,
  volumeCheck,
  libNew,
  libTest,
  libBench,
  libMeasure,
  libCheck,
  libPack,
  libPublish,
  libCompare,
  libImport,
  clean,
  doctor,
  completion,
];
