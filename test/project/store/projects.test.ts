import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { Projects } from '../../../src/project/projects.svelte.ts';
import { Browser } from './kit.ts';

const draft = (document: string) => ({ document, blobs: [] });

it('a project is made, changed and found again by the next visit', async () => {
  const browser = new Browser();
  const { projects } = await browser.tab('one');
  expect([projects.saved, projects.words]).toEqual([
    'not-stored',
    'Not stored. Export a .tessera file to keep your decisions.',
  ]);
  const id = await projects.create('Coffee', draft('first'));
  expect(projects.saved).toBe('saved');
  projects.schedule(draft('second'));
  expect([projects.saved, projects.words]).toEqual(['saving', 'Saving…']);
  expect(await projects.current!.flush()).toBe(true);
  expect(projects.words).toBe('Saved');
  browser.kill('one');
  const next = await browser.tab('two');
  await next.projects.start();
  expect(next.projects.shelf.recent).toMatchObject([{ id, name: 'Coffee', state: 'whole' }]);
  expect(await next.projects.open(id!)).toBe('second');
  expect(next.projects.saved).toBe('saved');
});

it('rename, copy, bin, restore and delete for ever show in the list', async () => {
  const { projects } = await new Browser().tab('one');
  const id = (await projects.create('Coffee', draft('text')))!;
  expect(await projects.rename(id, 'Coffee chain')).toBe(true);
  expect(projects.current?.name).toBe('Coffee chain');
  projects.schedule(draft('later'));
  expect(await projects.duplicate(id, 'Copy')).toBe(true);
  const copy = projects.shelf.recent.find((item) => item.id !== id)!;
  expect(await projects.remove(id)).toBe(true);
  expect(projects.current).toBeNull();
  expect([
    projects.shelf.recent.map((item) => item.id),
    projects.shelf.bin.map(({ name }) => name),
  ]).toEqual([[copy.id], ['Coffee chain']]);
  expect(await projects.restore(id)).toBe(true);
  expect(projects.shelf.bin).toEqual([]);
  expect(await projects.open(copy.id)).toBe('later');
  expect(await projects.purge(id)).toBe(true);
  expect(projects.shelf.recent.map((item) => item.id)).toEqual([copy.id]);
});

it('a full disk is said, the state before is whole, and trying again works once there is room', async () => {
  const browser = new Browser();
  const { projects } = await browser.tab('one');
  const id = (await projects.create('Coffee', draft('before')))!;
  browser.disk.failWriteAt = 0;
  projects.schedule(draft('after'));
  expect(await projects.current!.flush()).toBe(false);
  expect(projects.saved).toBe('failed');
  expect(projects.words).toMatch(/^Not saved\. The browser has no room.*Export/);
  expect(await projects.close()).toBe(false); // what waits is not thrown away
  const file = await projects.exportFile(false, null); // the way out: with what could not be saved
  expect(await projects.files.look(file!, null)).toMatchObject({ document: 'after' });
  browser.disk.failWriteAt = null;
  expect(await projects.current!.flush()).toBe(true);
  expect(projects.words).toBe('Saved');
  expect(await projects.close()).toBe(true);
  expect(await projects.open(id)).toBe('after');
});

it('a second tab says so and is read-only; what it changes is not saved', async () => {
  const browser = new Browser();
  const one = (await browser.tab('one')).projects;
  const two = (await browser.tab('two')).projects;
  const id = (await one.create('Coffee', draft('text')))!;
  expect(await two.open(id)).toBe('text');
  expect(two.saved).toBe('read-only');
  expect(two.words).toContain('another tab has this project open');
  two.schedule(draft('from the second'));
  await two.current!.flush();
  expect(await two.rename(id, 'Mine')).toBe(false);
  expect(two.shelf.error).toMatchObject({ code: 'project-elsewhere' });
  await two.close();
  expect(await two.remove(id)).toBe(false);
  expect(await two.purge(id)).toBe(false);
  expect(one.saved).toBe('saved');
  expect((await one.current!.flush(), await two.open(id))).toBe('text');
});

it('take over: the other tab saves first, then is read-only, and this one goes on from what it saved', async () => {
  const browser = new Browser();
  const one = (await browser.tab('one')).projects;
  const two = (await browser.tab('two')).projects;
  const id = (await one.create('Coffee', draft('text')))!;
  await two.open(id);
  const heard: string[] = [];
  two.onreload = (text) => void heard.push(text);
  one.schedule(draft('not saved yet'));
  expect(await two.current!.takeOver()).toBe(true);
  await vi.waitFor(() => expect([one.saved, two.saved]).toEqual(['read-only', 'saved']));
  expect(heard).toEqual(['not saved yet']);
  two.schedule(draft('from the second'));
  expect(await two.current!.flush()).toBe(true);
  await two.close();
  await vi.waitFor(() => expect(one.saved).toBe('saved')); // its turn again
});

it('a tab that does not answer keeps its turn, one that dies loses it by itself', async () => {
  const browser = new Browser();
  const one = (await browser.tab('one')).projects;
  const two = (await browser.tab('two')).projects;
  const id = (await one.create('Coffee', draft('text')))!;
  await two.open(id);
  browser.channels.deaf.add('one');
  const heard: string[] = [];
  two.onreload = (text) => void heard.push(text);
  expect(await two.current!.takeOver(20)).toBe(false);
  expect([one.saved, two.saved]).toEqual(['saved', 'read-only']);
  browser.kill('one');
  await vi.waitFor(() => expect([two.saved, heard]).toEqual(['saved', ['text']]));
});

it('a damaged newest state opens the older one read-only until a person goes on from it', async () => {
  const browser = new Browser();
  const one = (await browser.tab('one')).projects;
  const id = (await one.create('Coffee', draft('older')))!;
  one.schedule(draft('newest'));
  await one.close();
  browser.disk.flip(`projects/${id}/b`, 70);
  expect(await one.open(id)).toBe('older');
  expect([one.saved, one.current?.damage?.lost]).toEqual(['read-only', 'newest']);
  one.schedule(draft('over it'));
  await one.current!.flush();
  expect(one.shelf.list).toMatchObject([{ state: 'older' }]);
  await one.current!.acceptOlder();
  one.schedule(draft('going on'));
  expect(await one.close()).toBe(true);
  expect(await one.open(id)).toBe('going on');
  expect(one.current?.damage).toBeNull();
});

it('export notes the time of the backup; import makes a project of its own', async () => {
  const { projects } = await new Browser().tab('one');
  const id = (await projects.create('Coffee', draft('text')))!;
  const sha256 = await projects.files.keep(id, new Blob(['a,b\n1,2\n']));
  projects.schedule({ document: 'with data', blobs: [sha256!] });
  const file = await projects.exportFile(true, null);
  expect(projects.current?.backedUpAt).not.toBeNull();
  const made = await projects.importFile(file!, null);
  expect(made).not.toBe(id);
  expect(await projects.open(made!)).toBe('with data');
  expect(await (await projects.files.kept(made!, sha256!))!.text()).toBe('a,b\n1,2\n');
  expect(await projects.importFile(new Blob(['no zip']), null)).toBeUndefined();
  expect(projects.files.task.error).toMatchObject({ code: 'backup-invalid' });
});

it('a worker that dies before it can say that it saved is no reason to lose the next save', async () => {
  const { projects, service } = await new Browser().tab('one');
  const id = (await projects.create('Coffee', draft('text')))!;
  const { change } = service.api;
  service.api.change = async (...given) => {
    await change(...given);
    service.api.change = change; // a new worker
    return { ok: false, code: 'worker-died', message: 'it was killed' };
  };
  projects.schedule(draft('saved, but nobody was told'));
  expect(await projects.current!.flush()).toBe(false);
  expect(projects.words).toMatch(/^Not saved/);
  projects.schedule(draft('next'));
  expect(await projects.close()).toBe(true);
  expect(await projects.open(id)).toBe('next');
});

it('a browser without a place for projects says so and work goes on unsaved', async () => {
  const browser = new Browser();
  const { projects } = await browser.tab('one', async () => {
    throw Object.assign(
      new (await import('../../../src/lib/errors.ts')).TesseraError('store-unavailable', ''),
    );
  });
  await projects.start();
  expect(await projects.create('Coffee', draft('text'))).toBeNull();
  expect(projects.shelf.error).toMatchObject({ code: 'store-unavailable' });
  projects.schedule(draft('text'));
  expect(projects.saved).toBe('not-stored');
  const loose = { loose: draft('text'), project: null, name: 'Coffee', at: '2026-11-22T12:00:00Z' };
  const file = await projects.files.pack(loose, false, null);
  expect(await projects.files.look(file!, null)).toEqual({
    name: 'Coffee',
    changedAt: '2026-11-22T12:00:00Z',
    document: 'text',
    files: [],
  });
});

/** Adds its word to the document that the tab shows; resolves to whether it was reported as saved. */
function writer(projects: Projects, tab: string, first: string) {
  let document = first;
  let edits = 0;
  projects.onreload = (text) => (document = text);
  return {
    async edit(): Promise<string | null> {
      if (!projects.current || projects.current.readOnly) return null;
      const word = `${tab}${++edits}`;
      document += ` ${word}`;
      projects.schedule(draft(document));
      return (await projects.current.flush()) && !projects.current.readOnly ? word : null;
    },
  };
}

it('in 500 interleavings of two tabs that edit and take over, one writes and no saved edit is lost', async () => {
  let saved = 0;
  let tookOver = 0;
  const often = ['one', 'two', 'one', 'two', 'one', 'two', 'one takes', 'two takes'];
  const acts = fc.array(fc.constantFrom(...often, ...often, 'one dies'), {
    minLength: 6,
    maxLength: 18,
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), acts, async (scheduler, script) => {
      const browser = new Browser();
      const wait = () => scheduler.schedule(Promise.resolve());
      const one = (await browser.tab('one', wait)).projects;
      const two = (await browser.tab('two', wait)).projects;
      const done = (async () => {
        const id = (await one.create('Coffee', draft('start')))!;
        const shown = (await two.open(id))!;
        const tabs = { one: writer(one, 'one', 'start'), two: writer(two, 'two', shown) };
        let dead = false;
        let die = () => {};
        const death = new Promise<null>((resolve) => (die = () => resolve(null))); // what a dead tab waits for never comes
        const act = async (what: string): Promise<string | null> => {
          await wait();
          if (what === 'two') return tabs.two.edit();
          if (what === 'two takes') tookOver += Number(await two.current!.takeOver(10));
          else if (dead) return null;
          else if (what === 'one') return Promise.race([tabs.one.edit(), death]);
          else if (what === 'one takes')
            tookOver += Number(await Promise.race([one.current!.takeOver(10), death]));
          else {
            dead = true;
            browser.kill('one');
            die();
          }
          expect(one.saved === 'read-only' || two.saved === 'read-only' || dead).toBe(true);
          return null;
        };
        const words = await Promise.all(script.map(act));
        const acknowledged = words.filter((word) => word !== null);
        saved += acknowledged.length;
        const third = (await browser.tab('three')).projects;
        const text = await third.open(id);
        for (const word of acknowledged) expect(text?.split(' ')).toContain(word);
      })();
      await scheduler.waitFor(done);
    }),
    { numRuns: 500, seed: 20261122 },
  );
  expect(saved).toBeGreaterThan(200);
  expect(tookOver).toBeGreaterThan(100);
});
