-- Where the trace of the transaction began, as the header "traceparent" of W3C Trace Context; null if it is not traced.
alter table transaction add column traceparent text;
