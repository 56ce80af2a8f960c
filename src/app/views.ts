import type { Component } from 'svelte';
import type { PlaceName } from './place.svelte.ts';

type View = { readonly default: Component<Record<string, never>> };

/** One view a place, loaded when first gone to: the empty project needs none of them. */
export const views: Readonly<Record<PlaceName, () => Promise<View>>> = {
  data: () => import('./DataView.svelte'),
  customers: () => import('./CustomersView.svelte'),
  segments: () => import('./SegmentsView.svelte'),
  trust: () => import('./TrustView.svelte'),
};
