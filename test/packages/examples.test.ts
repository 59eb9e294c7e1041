// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, expect, test, vi} from 'vitest';
import {readRepositoryFile} from '../rig/repository.ts';
import {runTool} from '../rig/tool.ts';
import {startRegistry} from './registry.ts';

/** Each is put to its suites, published, and built and booted by somebody else, beside other tests. */
vi.setConfig({testTimeout: 300_000});

const registry = await startRegistry();
afterAll(() => registry.stop());

const wire = `#include <kraft/netdev.h>
#include <kraft/print.h>
static void arrived_isr(void *argument)
{
    (void)argument;
}
static void sent(void *argument, void *cookie)
{
    (void)argument;
    (void)cookie;
}
static const struct kr_netdev_user user = {arrived_isr, sent};
int main(void)
{
    static unsigned char bytes[64] = "frames go from one end of the wire";
    const struct kr_netdev_driver *driver = kr_netdev_drivers[0];
    const struct kr_netdev_frame frame = {.segments = {{bytes, sizeof(bytes)}}, .count = 1, .cookie = bytes};
    if (driver->open(0, &user, bytes) != 0 || driver->open(1, &user, bytes) != 0)
        return 1;
    if (driver->transmit(0, &frame) != 0)
        return 2;
    struct kr_netdev_buffer *buffer = driver->receive(1);
    if (buffer == NULL)
        return 3;
    kr_print_format("%s: %s\\n", driver->name, (const char *)buffer->data);
    driver->release(buffer);
    return 0;
}
`;

test.each([
  {
    name: 'sched-queue',
    of: 'sched',
    needs: '[clock, print, sched, threads]',
    main: readRepositoryFile('apps/threads/threads.c'),
    prints: /^(?:.*\n)+$/,
    reaches: /^sched-queue +alloc +kr_alloc_allocate kr_alloc_allocate_aligned kr_alloc_figures and \d+ more$/m,
    // So that what the other says is the same, whoever provides the threads.
    other: 'sched-coop',
  },
  {
    name: 'netdev-pair',
    of: 'netdev',
    needs: '[netdev, print]',
    main: wire,
    prints: /^netdev-pair: frames go from one end of the wire\n$/,
    reaches: /^netdev-pair +\S/m,
  },
])('$name is published, added by a fresh project, chosen by name, built and booted', async ({name, of, ...app}) => {
  const published = await runTool(['lib', 'publish'], registry.copy(`examples/${name}`, name));
  expect(published.out).toMatch(new RegExp(`^${name} 1\\.0\\.0 is published: sha512-`, 'm'));
  const kraftfile = `spec: v1\nname: shop\nneeds: ${app.needs}\ntargets: [kvm/x86_64]\n`;
  const user = registry.project(`user-of-${name}`, {Kraftfile: kraftfile, 'main.c': app.main});
  expect(await runTool(['add', name], user)).toMatchObject({status: 0, error: ''});
  expect(await runTool(['choose', of, name], user)).toMatchObject({status: 0});
  expect(readFileSync(path.join(user, 'Kraftfile'), 'utf8')).toContain(name);
  expect((await runTool(['why', name], user)).out).toContain(`${name} 1.0.0 is in the image.\n`);
  const {status, out} = await runTool(['run'], user);
  expect(out).toMatch(app.prints);
  expect(status).toBe(0);
  const {out: audited} = await runTool(['audit'], user);
  expect(audited).toMatch(app.reaches);
  expect(JSON.parse((await runTool(['audit', '--json'], user)).out)).toContainEqual(
    expect.objectContaining({
      owner: name,
      reaches: expect.objectContaining({string: expect.arrayContaining(['memcpy'])}),
    }),
  );
  if (app.other === undefined) return;
  const beside = registry.project('beside', {
    Kraftfile: `${kraftfile}choose: {${of}: ${app.other}}\n`,
    'main.c': app.main,
  });
  expect((await runTool(['run'], beside)).out).toBe(out);
});
