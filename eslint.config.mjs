import next from 'eslint-config-next/core-web-vitals'
import typescript from 'eslint-config-next/typescript'

const config = [
  { ignores: ['.next/', 'dist/', 'node_modules/', '.data/', 'lib/generated/', 'next-env.d.ts', 'test-results/', 'playwright-report/'] },
  ...next,
  ...typescript,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    // React's hook `use` is only in components; elsewhere that is a good name for a callback, and Playwright's for its fixtures.
    files: ['**/*.{ts,mjs}'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
]

export default config
