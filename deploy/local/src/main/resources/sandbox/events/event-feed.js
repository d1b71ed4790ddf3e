/**
 * What travels between the services, live, as the local stack shows it. After an interruption the browser connects anew and goes on
 * where it was.
 *
 * @param listener event(event), state(text)
 */
export function listenToEvents(listener) {
  const source = new EventSource('/sandbox/events');
  source.onopen = () => listener.state('live');
  source.onerror = () => listener.state('connecting');
  source.onmessage = ({ data }) => listener.event(JSON.parse(data));
}
