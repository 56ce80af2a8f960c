/**
 * Runs before any script of the page (plain JavaScript: a compiler's helpers would not be there). It hands the attacker more
 * than a real one would have: the app's own Trusted Types policy, so that worker routes are stopped by the worker's policy
 * and not merely by types.
 */
(() => {
  const factory = globalThis.trustedTypes;
  let policy = null;
  if (factory) {
    const create = factory.createPolicy.bind(factory);
    factory.createPolicy = (name, rules) => (policy = create(name, rules));
  }
  const trusted = (address) => policy?.createScriptURL(address) ?? address;
  const attack = {
    add(tag, attributes, parent = document.body) {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      parent.append(element);
      return element;
    },
    worker(address, way, url, kind) {
      const port =
        kind === 'shared'
          ? new SharedWorker(trusted(address)).port
          : new Worker(trusted(address), kind === 'module' ? { type: 'module' } : {});
      return new Promise((resolve, reject) => {
        port.addEventListener('message', ({ data }) => resolve(data));
        port.addEventListener('error', () => reject(new Error('the worker did not start')));
        port.start?.();
        port.postMessage({ way, url });
      });
    },
    blobWorker: (text) =>
      new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))),
    frame: (set) =>
      new Promise((resolve) => {
        const frame = document.createElement('iframe');
        set(frame);
        document.body.append(frame);
        setTimeout(() => resolve(frame), 50);
      }),
    click(attributes) {
      const link = attack.add('a', attributes);
      link.textContent = 'x';
      link.click();
    },
  };
  globalThis.attack = attack;
})();
