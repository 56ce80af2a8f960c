declare module '*?gzip' {
  /** Where the file lies, gzipped if it was built: see `engine-plugin.ts`. */
  const url: string;
  export default url;
}
