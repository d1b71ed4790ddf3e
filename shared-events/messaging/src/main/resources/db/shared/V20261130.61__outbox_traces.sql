-- The step of a trace that the event follows from, as the header "traceparent" of W3C Trace Context; null if it is not traced.
alter table outbox add column traceparent text;
