import { addressOf } from '../page/base.js';

/**
 * Listens to the events between the services, live from the local stack. After an interruption the browser reconnects and continues
 * where it was.
 *
 * @param listener event(event), state(text)
 */
export function listenToEvents(listener) {
  const source = new EventSource(addressOf('sandbox/events'));
  source.onopen = () => listener.state('live');
  source.onerror = () => listener.state('connecting');
  source.onmessage = ({ data }) => listener.event(JSON.parse(data));
}
