-- The sessions that count: not ended, and of a connector that has sent its heartbeats since it started. This view is the rule.
create view open_session as
select s.session_id, s.device_id, s.connector_index, s.connector_epoch, s.opened, s.opened_at
from device_session s join connector c
    on c.connector_index = s.connector_index and c.epoch = s.connector_epoch and c.suspended_at is null
where s.ended_at is null;
comment on view open_session is 'sessions that count; that of a device with the greatest value of opened is its current session';
