import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { MapHand } from './hand.svelte.ts';
import { MapPainter } from './map-painter.ts';
import type { MapScene } from './scene.svelte.ts';
import type { View } from './view.ts';

/** Milliseconds for which a map must rest before all of its points are drawn, and before crowds are looked for. */
const CALM = 150;
const STILL = 180;

/** Keeps a canvas painted with what the scene shows: once a frame, with whatever is newest then. `crowds` changes where they mean something else. */
export const painting =
  (scene: MapScene, hand: MapHand, crowds: () => unknown): Attachment<HTMLCanvasElement> =>
  (canvas) => {
    const { stage } = scene;
    const painter = new MapPainter(canvas);
    let request = 0;
    let calm: ReturnType<typeof setTimeout> | undefined;
    let newest: Parameters<MapPainter['paint']> | null = null;
    let painted: View | null = null;
    const draw = () => {
      // In a journey the next frame's step comes too late to ask for that frame.
      request = stage.isMoving ? requestAnimationFrame(draw) : 0;
      if (!newest) return;
      const [model, frame] = newest;
      clearTimeout(calm);
      // Only a sample was drawn where the view moves and all points take too long: all of them once it rests.
      const isSample = painter.paint(model, { ...frame, isHurried: frame.view !== painted });
      painted = frame.view;
      if (isSample) calm = setTimeout(() => (request ||= requestAnimationFrame(draw)), CALM);
    };
    // A new layout starts the points' journey: an animation, outside of what can be derived.
    $effect(() => {
      const { base } = scene;
      untrack(() => {
        if (!stage.arrive(base)) return;
        hand.forgetLines();
        scene.parts = [];
      });
    });
    // Crowds are looked for when the map has stood still for a moment: a timer, outside of what can be derived.
    $effect(() => {
      void [scene.base, crowds(), stage.view, stage.size];
      const timer = setTimeout(() => scene.lookAround(), STILL);
      return () => clearTimeout(timer);
    });
    // Painting is an outside effect too: once a frame, with whatever is newest then. A request is never
    // put off: in a journey each frame brings a change, and the painting would wait for the last.
    $effect(() => {
      newest = [scene.model, { ...scene.frame, moving: stage.moving() }];
      const { width, height } = newest[1].size;
      if (width > 0 && height > 0) request ||= requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(request);
      clearTimeout(calm);
      painter.dispose();
    };
  };
