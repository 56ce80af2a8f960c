/** A kernel's bytes, compiled by kernel-plugin.ts. */
declare module '*?kernel' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** A kernel's builds for room.ts, compiled by kernel-plugin.ts. */
declare module '*?kernels' {
  const set: import('./room.ts').KernelSet;
  export default set;
}
