-- The erasures that the database knows: the backup may be older.
SELECT to_regclass('public.prediction_erasures') IS NOT NULL AS has_erasures \gset
\if :has_erasures
  CREATE TEMPORARY TABLE kept_erasures AS TABLE public.prediction_erasures;
\endif
