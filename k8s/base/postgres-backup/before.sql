-- Whoever adds, deletes or erases ends first, and the next ones wait: an erasure under way would be in neither the copy nor the backup.
-- In the order in which an erasure takes them.
SELECT to_regclass('public.predictions') IS NOT NULL AS has_predictions, to_regclass('public.prediction_erasures') IS NOT NULL AS has_erasures \gset
\if :has_predictions
  LOCK TABLE public.predictions IN ACCESS EXCLUSIVE MODE;
\endif
\if :has_erasures
  LOCK TABLE public.prediction_erasures IN ACCESS EXCLUSIVE MODE;
  -- The erasures that the database knows: the backup may be older.
  CREATE TEMPORARY TABLE kept_erasures AS TABLE public.prediction_erasures;
\endif
