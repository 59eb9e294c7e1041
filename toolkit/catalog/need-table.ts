// SPDX-License-Identifier: BSD-3-Clause

import {
  archRule,
  derive,
  integer,
  interfaceRule,
  type Located,
  libRule,
  type MapRow,
  map,
  nothing,
  optional,
  optionRule,
  optionValue,
  platformRule,
  range,
  record,
  type Shape,
  sentence,
  type VersionRange,
  versionRange,
  ways,
  word,
} from '../base/index.ts';
import type {Condition} from './lib.ts';
import type {OptionValue} from './option.ts';

const anyVersion = versionRange('*');
const settings = map(optionRule, optionValue, 'a map of options and values');

/** Options and values, and where each name and value is written. */
export type Settings = readonly MapRow<string, OptionValue>[];

/** A condition before the lib's own options are known. */
export interface WrittenCondition extends Omit<Condition, 'options'> {
  readonly settings: Settings;
}

const condition: Shape<WrittenCondition> = derive(
  record(
    {
      options: optional(settings, {
        means: 'Values that options of this lib must have.',
        example: '{tcp: true}',
        otherwise: 'any',
      }),
      arch: optional(word(archRule), {means: 'The arch that it must be.', example: 'ARCH', otherwise: 'any'}),
      platform: optional(word(platformRule), {
        means: 'The platform that it must be.',
        example: 'PLATFORM',
        otherwise: 'any',
      }),
    },
    {expects: 'a map of options, arch and platform'},
  ),
  ({options, arch, platform}) => ({
    settings: options?.value ?? [],
    ...(arch !== undefined && {arch: arch.value}),
    ...(platform !== undefined && {platform: platform.value}),
  }),
);

const because = optional(sentence(), {
  means: 'Why, to be read after “because”.',
  example: 'TCP retransmits after a timeout',
  otherwise: 'not said',
});
const when = optional(condition, {
  means: 'When this counts: all that is written must hold.',
  example: '{options: {tcp: true}}',
  otherwise: 'always',
});

/** A need as written, without its interface. */
export interface WrittenNeed {
  readonly version: VersionRange;
  readonly atLeast?: Located<number>;
  readonly because?: string;
  readonly when?: WrittenCondition;
  readonly settings: Settings;
}

const need: Shape<WrittenNeed> = ways(
  [
    derive(range(), (version): WrittenNeed => ({version, settings: []})),
    derive(
      record(
        {
          version: optional(range(), {
            means: 'Which versions of the interface will do.',
            example: '^1',
            otherwise: 'any',
          }),
          'at-least': optional(integer([0, 64]), {
            means: 'For an interface of cardinality `any`: how many providers there must be.',
            example: '1',
            otherwise: '0, or 1 where the cardinality is `one`',
          }),
          because,
          when,
          options: optional(settings, {
            means: 'What options of the provider must be.',
            example: '{threads: true}',
            otherwise: 'anything',
          }),
        },
        {expects: 'a map of version, because and others'},
      ),
      (values): WrittenNeed => ({
        version: values.version?.value ?? anyVersion,
        settings: values.options?.value ?? [],
        ...(values['at-least'] !== undefined && {atLeast: values['at-least']}),
        ...(values.because !== undefined && {because: values.because.value}),
        ...(values.when !== undefined && {when: values.when.value}),
      }),
    ),
    nothing<WrittenNeed>({version: anyVersion, settings: []}),
  ],
  'a range of versions such as ^1, or a map',
);

/** An exclusion as written, without its lib. */
export interface WrittenExclusion {
  readonly version: VersionRange;
  readonly because?: string;
  readonly when?: WrittenCondition;
}

const exclusion: Shape<WrittenExclusion> = ways(
  [
    derive(range(), (version): WrittenExclusion => ({version})),
    derive(
      record(
        {
          version: optional(range(), {means: 'Which versions of the lib.', example: "'*'", otherwise: 'all'}),
          because,
          when,
        },
        {expects: 'a map of version, because and when'},
      ),
      (values): WrittenExclusion => ({
        version: values.version?.value ?? anyVersion,
        ...(values.because !== undefined && {because: values.because.value}),
        ...(values.when !== undefined && {when: values.when.value}),
      }),
    ),
    nothing<WrittenExclusion>({version: anyVersion}),
  ],
  "a range of versions such as '*', or a map",
);

/** The table of `needs`. */
export const needsTable = map(interfaceRule, need, 'a map of interfaces');

/** The table of `excludes`. */
export const excludesTable = map(libRule, exclusion, 'a map of libs');
