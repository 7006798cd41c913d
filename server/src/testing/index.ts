export { createTestDatabase, type TestDatabase } from './test-database.ts'
export { startTestDesk, type Answer, type TestDesk, type TestPerson } from './test-desk.ts'
