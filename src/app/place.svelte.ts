/** The places of the workbench, in the order of the work. Each has its address: `#/segments`. */
export const places = ['data', 'customers', 'segments', 'trust'] as const;
export type PlaceName = (typeof places)[number];

const isPlace = (text: string): text is PlaceName => (places as readonly string[]).includes(text);

/** Where the person is: the address, so that Back works and a link opens the same place. */
export class Place {
  current = $state<PlaceName>('data');

  constructor() {
    const read = () => {
      const name = location.hash.replace(/^#\//, '');
      this.current = isPlace(name) ? name : 'data';
    };
    addEventListener('hashchange', read);
    read();
  }

  go(name: PlaceName): void {
    location.hash = `#/${name}`;
  }
}
