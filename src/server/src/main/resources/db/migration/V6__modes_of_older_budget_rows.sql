-- Rows of all merchants and of the lifetime were made before one-shots existed, for zCDP alone; they hold a cap for each. A
-- merchant's month keeps the mechanism that its first charge had.
UPDATE privacy_budget SET mode = 'ANY' WHERE merchant = '*' OR period = 'LIFETIME';
