/** A kernel's bytes, compiled by kernel-plugin.ts. */
declare module '*?kernel' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
