import { mount, unmount } from 'svelte';
import PointMap from '../../../src/charts/PointMap.svelte';
import { letterOf } from '../../../src/charts/palette.ts';
import { halfOf, size, turned, type Points } from './points.ts';

export type Mounted = {
  /** Everything that a person can change around the map, by number. */
  change(step: number): void;
  /** Back to what stood there at first: what the page holds then can be compared. */
  rest(): void;
  close(): unknown;
};

/** The map as the app shows it: with labels, contours and a sentence. Resolves when its first frame is drawn. */
export async function mountMap({ positions, groups }: Points): Promise<Mounted> {
  const target = document.createElement('div');
  Object.assign(target.style, { width: `${size.width}px`, height: `${size.height}px` });
  document.body.append(target);
  const groupWords = Array.from({ length: 10 }, (_, i) => ({
    name: `Group ${i + 1}`,
    letter: letterOf(i),
  }));
  const atFirst = {
    positions,
    groups,
    dimmed: null as Uint8Array | null,
    selected: null as Uint8Array | null,
    selectedGroup: null as number | null,
    tool: 'point' as 'point' | 'lasso' | 'pan',
  };
  let shown = $state.raw(atFirst);
  const map = mount(PointMap, {
    target,
    props: {
      ...{ label: 'Map', groupWords },
      get positions() {
        return shown.positions;
      },
      get groups() {
        return shown.groups;
      },
      get dimmed() {
        return shown.dimmed;
      },
      get selected() {
        return shown.selected;
      },
      get selectedGroup() {
        return shown.selectedGroup;
      },
      get tool() {
        return shown.tool;
      },
      onselect: (mask: Uint8Array | null) => (shown = { ...shown, selected: mask }),
      onpick: (group: number | null) => (shown = { ...shown, selectedGroup: group }),
    },
  });
  const canvas = target.querySelector('canvas');
  if (!canvas) throw new TypeError('no map');
  const isPainted = () => {
    const context = canvas.getContext('2d');
    return context?.getImageData(600, 0, 1, canvas.height).data.some((byte) => byte < 200);
  };
  // The component paints in its next frame; the one after finds it painted.
  do for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  while (!isPainted());
  const count = groups.length;
  const changes: readonly ((step: number) => Partial<typeof shown>)[] = [
    (step) => ({ groups: turned(groups, step) }),
    (step) => ({ dimmed: step % 2 ? halfOf(count, step) : null }),
    (step) => ({ selectedGroup: step % 10, selected: null }),
    () => ({ selectedGroup: null, selected: null }),
    (step) => ({ tool: (['point', 'lasso', 'pan'] as const)[step % 3]! }),
    // Another layout: all points travel there.
    (step) => ({ positions: step % 2 ? positions.map((value) => -value) : positions }),
  ];
  return {
    change(step) {
      shown = { ...shown, ...changes[step % changes.length]!(Math.floor(step / changes.length)) };
    },
    rest: () => void (shown = atFirst),
    close: () => unmount(map),
  };
}
