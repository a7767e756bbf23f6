-- A job may read several datasets, inside a collaboration. Which ones its body says; these columns said it of one.
ALTER TABLE job DROP COLUMN dataset, DROP COLUMN version;

-- 'ANY': rows of several merchants or months, and of a collaboration, hold a cap for each mechanism.
ALTER TABLE privacy_budget DROP CONSTRAINT privacy_budget_mode_check;
ALTER TABLE privacy_budget ADD CHECK (mode IN ('ZCDP', 'PURE', 'ANY'));

-- A collaboration's row is charged for no one content.
ALTER TABLE privacy_charge ALTER COLUMN snapshot DROP NOT NULL;
DROP INDEX charge_of_row;
CREATE INDEX charge_of_row ON privacy_charge (collaboration, dataset, merchant, period);
