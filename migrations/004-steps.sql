-- What was done to the text of its source, edit by edit, as JSON; null for records that were not made by editing another.
alter table record add column steps text;
