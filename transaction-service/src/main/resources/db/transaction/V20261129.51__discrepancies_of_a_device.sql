create index discrepancy_by_device on discrepancy (device_id, recorded_at);
comment on index discrepancy_by_device is 'how many a device has stored within an hour';
