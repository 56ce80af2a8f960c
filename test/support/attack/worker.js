// Hostile code in a worker. Only tests load it: it tries the way out that it is told.
const send = {
  fetch: (url) => fetch(url, { mode: 'no-cors' }),
  xhr: (url) => {
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.send();
  },
  scripts: (url) => importScripts(url),
  import: (url) => import(url),
  socket: (url) => void new WebSocket(url.replace('http', 'ws')),
};
const listen = (port) => {
  port.onmessage = async ({ data: { way, url } }) => {
    try {
      await send[way](url);
      port.postMessage('sent');
    } catch (error) {
      port.postMessage(String(error));
    }
  };
};
if ('onconnect' in self) self.onconnect = ({ ports: [port] }) => listen(port);
else listen(self);
