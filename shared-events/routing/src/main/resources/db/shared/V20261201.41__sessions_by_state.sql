-- The sessions that have not ended, with the time-out of their connector: that of the epoch in which they were opened, not of another one.
create view unended_session as
select s.session_id, s.device_id, s.connector_index, s.opened, s.opened_at, s.model, s.firmware, s.status, c.suspended_at
from device_session s left join connector c on c.connector_index = s.connector_index and c.epoch = s.connector_epoch
where s.ended_at is null;
comment on view unended_session is 'sessions that have not ended; those of them that count are in open_session';
comment on column unended_session.suspended_at is 'since when the heartbeat of its connector has timed out; null: it has not, or the connector has restarted';

-- When the sessions of a device ended. Without their connectors: an outer join inside of "not exists" is made even if nothing asks for it.
create view session_end as
select device_id, session_id, ended_at from device_session where ended_at is not null;
