-- AlterTable
ALTER TABLE "LabState" DROP COLUMN "event",
ADD COLUMN     "forms" JSONB NOT NULL DEFAULT '{}';
