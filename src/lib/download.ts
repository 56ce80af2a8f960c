/** A file ready to be handed to the person. */
export type Download = { readonly name: string; readonly blob: Blob };

const KEEP_MS = 60_000; // a browser may ask the person where to save before it reads

/** Hands a file to the person. The only place where Tessera clicks a download link: `blob:` only, and the address is given back. */
export function download({ name, blob }: Download): void {
  const link = document.createElement('a');
  const address = URL.createObjectURL(blob);
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}
