-- What a customer who complained is asked besides: how easily the complaint was made, and how it was handled. -----

alter table surveys.response
  add column channel_ease numeric(3, 1),
  add column handling_quality numeric(3, 1),
  add constraint response_complaint_items_check check (channel_ease between 1 and 5 and handling_quality between 1 and 5);
