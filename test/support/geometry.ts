import type { Page } from 'playwright-core';

/**
 * What a person could not use on the page as it stands, in words; empty where all is well. Each control must be hit by the pointer somewhere in
 * its middle after some scrolling, none may lie over another, no word of a button may be cut off, and the page itself may not be wider than the window.
 */
export function unusable(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const controls =
      'button, a[href], input, select, textarea, summary, [role=option], [role=tab], [role=application], [tabindex="0"]';
    // what lies over the page on purpose is looked at alone
    const over = [...document.querySelectorAll('dialog[open], :popover-open')].at(-1);
    const menu = [...document.querySelectorAll('[aria-expanded=true][aria-controls]')]
      .map((each) => document.getElementById(each.getAttribute('aria-controls') ?? ''))
      .find((each) => each && getComputedStyle(each).position === 'absolute');
    const scope = (over && menu && over.contains(menu) ? menu : (over ?? menu)) ?? document.body;
    const sheet = document.querySelector('aside');
    const all = [...scope.querySelectorAll<HTMLElement>(controls)].filter(
      (each) =>
        !each.closest('.visually-hidden, [hidden], [inert], [data-testid]') &&
        !(each as HTMLButtonElement).disabled && // only some have it, and then it is one
        each.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    );
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60)}”`;
    const faults: string[] = [];
    const wider = document.documentElement.scrollWidth - innerWidth;
    if (wider > 0) faults.push(`the page is ${wider} px wider than the window`);

    const scrollers = [...document.querySelectorAll('*')].map(
      (each) => [each, each.scrollLeft, each.scrollTop] as const,
    );
    const back = () => {
      for (const [each, left, top] of scrollers)
        if (each.scrollLeft !== left || each.scrollTop !== top) {
          each.scrollLeft = left;
          each.scrollTop = top;
        }
    };
    const isHit = (element: HTMLElement) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [
        [0.5, 0.5],
        [0.2, 0.5],
        [0.8, 0.5],
      ].some(([x = 0, y = 0]) => {
        const at = document.elementFromPoint(left + x * width, top + y * height);
        return (
          at !== null && (element.contains(at) || (at.matches('label') && at.contains(element)))
        );
      });
    };
    const isUnder = (element: Element) => {
      if (!sheet || sheet.contains(element)) return false;
      const [a, b] = [element.getBoundingClientRect(), sheet.getBoundingClientRect()];
      return a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;
    };
    for (const element of all) {
      if (isHit(element) || isUnder(element)) continue; // the inspector closes
      if (element.matches('[tabindex="-1"]:not([role])')) continue; // a label on the map, which moves; the list says the same
      const isReached = (['nearest', 'center', 'start', 'end'] as const).some((block) => {
        element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
        return isHit(element) || isUnder(element);
      });
      if (!isReached) faults.push(`${name(element)} cannot be reached`);
      back();
    }

    const leaves = all.filter(
      (each) =>
        each.matches('button, a, input, select, textarea, summary') &&
        isHit(each) &&
        !isUnder(each),
    );
    /** What scrolling leaves of it. */
    const visible = (element: HTMLElement) => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let up = element.parentElement; up && up !== over; up = up.parentElement) {
        if (getComputedStyle(up).overflow === 'visible') continue;
        const box = up.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      return { left, right, top, bottom };
    };
    const boxes = leaves.map(visible);
    leaves.forEach((one, i) => {
      const a = boxes[i]!;
      for (let j = i + 1; j < leaves.length; j++) {
        const b = boxes[j]!;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const other = leaves[j]!;
        if (across > 2 && along > 2 && !one.contains(other) && !other.contains(one))
          faults.push(`${name(one)} and ${name(other)} lie over each other`);
      }
    });
    for (const element of leaves) {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const isCut = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      if (isCut && textOverflow !== 'ellipsis' && element.matches('button, a'))
        faults.push(`${name(element)} is cut off`);
    }
    return faults;
  });
}
