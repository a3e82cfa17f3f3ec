-- CreateTable
CREATE TABLE "TestEvent" (
    "userId" TEXT NOT NULL,
    "functionName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "json" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TestEvent_pkey" PRIMARY KEY ("userId","functionName","name")
);

-- CreateTable
CREATE TABLE "ApiRequest" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "apiId" TEXT NOT NULL,
    "name" TEXT,
    "request" JSONB NOT NULL,
    "status" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ApiRequest_userId_at_idx" ON "ApiRequest"("userId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "ApiRequest_userId_apiId_name_key" ON "ApiRequest"("userId", "apiId", "name");

-- AddForeignKey
ALTER TABLE "TestEvent" ADD CONSTRAINT "TestEvent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiRequest" ADD CONSTRAINT "ApiRequest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
