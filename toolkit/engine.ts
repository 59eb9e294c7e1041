// SPDX-License-Identifier: BSD-3-Clause
// The one door for front ends. Rooms behind it are opened when a function first needs them, so that
// opening this one costs little.

export {
  counted,
  type Diagnostic,
  diagnosticToJson,
  didYouMean,
  fail,
  listing,
  ok,
  parseSize,
  printCount,
  printDiagnostic,
  printDiagnostics,
  printPlace,
  printRoundSize,
  printSize,
  quote,
  type Result,
  respellSize,
  unreachable,
  versionRange,
} from './base/index.ts';
export type {Catalog, Interface, Lib} from './catalog/index.ts';
export type {Comparison} from './compare/index.ts';
export {type Answer, answerProject, type Clash, notProven, solveProject} from './engine/answer.ts';
export {dimacsOf, dotOf} from './engine/answer-export.ts';
export {type BuildRequest, type BuiltProject, buildProject} from './engine/build-project.ts';
export {type Cleaned, cleanProject, shrinkStore} from './engine/clean.ts';
export {type CompareRequest, compareFolders} from './engine/compare-folders.ts';
export {type Examination, examine, type Finding} from './engine/doctor.ts';
export {type Edited, type EditRequest, editProject, noSuchRepair, type Wish} from './engine/edit.ts';
export {type ChangedLine, changedLines} from './engine/edit-lines.ts';
export {type Engine, type EngineOptions, openEngine} from './engine/engine.ts';
export {exampleNames} from './engine/example-names.ts';
export {type Imported, type ImportRequest, importLib} from './engine/import-lib.ts';
export {type Initialised, type InitRequest, initProject, listTemplates, type Template} from './engine/init.ts';
export {type BenchReport, benchLib} from './engine/lib-bench.ts';
export {type Checked, type CheckReport, checkLib} from './engine/lib-check.ts';
export {type MeasureReport, measureLib} from './engine/lib-measure.ts';
export {type NewLibRequest, newInterface, newLib, type Written} from './engine/lib-new.ts';
export {packLib} from './engine/lib-pack.ts';
export {type PublishReport, publishLib} from './engine/lib-publish.ts';
export {type Tested, type TestedCase, type TestReport, testLib} from './engine/lib-test.ts';
export {type Added, addPackage, addPinned} from './engine/package-add.ts';
export {removePackage} from './engine/package-remove.ts';
export {listPackages, searchPackages} from './engine/package-search.ts';
export {outdatedPackages, updatePackages} from './engine/package-update.ts';
export {type PlannedProject, type PlanRequest, planProject, updateLock} from './engine/plan-project.ts';
export {
  kraftfileKeys,
  openCatalog,
  openProject,
  openSpec,
  type Project,
  projectFolder,
  shown,
} from './engine/project.ts';
export {explain, type Offer, offersFor} from './engine/repair.ts';
export {type RunCommand, type RunRequest, runCommand, runProject} from './engine/run-project.ts';
export {type SbomRequest, sbomOf} from './engine/sbom.ts';
export type {CatalogView, InterfaceView, LibView, OptionView} from './engine/session/catalog-view.ts';
export type {Estimate} from './engine/session/estimate.ts';
export type {Fix} from './engine/session/fixes.ts';
export {
  type ClashView,
  type ImageView,
  type Mistake,
  type Reading,
  type Sentence,
  type TargetReading,
  troubleWords,
} from './engine/session/reading.ts';
export {
  type Attempt,
  type AttemptRequest,
  type Built,
  type CatalogPart,
  type ClashSheet,
  type OpenedFile,
  openSession,
  type RepairView,
  type Saved,
  type Session,
  type StandingView,
  type Step,
} from './engine/session/session.ts';
export {openSessionThread, serveSession} from './engine/session/thread.ts';
export type {Explanation} from './engine/session/why-sentences.ts';
export {noWishes, sameWishes, type Wishes, wishesAfter} from './engine/session/wishes.ts';
export type {TargetRequest} from './engine/target.ts';
export {toJson} from './engine/to-json.ts';
export {checkVolume, copyVolume, createVolume, type InImage, listVolume} from './engine/volume.ts';
export {type BuiltPair, type WhatIf, whatIf} from './engine/what-if.ts';
export type {Cost} from './engine/what-if-cost.ts';
export {type Why, whyIs} from './engine/why.ts';
export type {Event} from './events.ts';
export type {Host} from './host/index.ts';
export type {Outcome} from './machine/index.ts';
export type {Action, ImageFacts, Plan} from './plan/index.ts';
export type {Difference, Reason, Solution} from './solve/index.ts';
export type {Edit, Spec} from './spec/index.ts';
export type {Checked as CheckedVolume, Listed as ListedFile} from './volume/index.ts';
