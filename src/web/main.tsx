import './zod-without-eval.ts';
import '@mantine/core/styles.css';
import './ui/tokens.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api/use-api.ts';
import { App } from './app.tsx';
import { Fault } from './ui/fault.tsx';
import { Clock } from './ui/now.tsx';
import { theme } from './ui/theme.ts';
import { Toasts } from './ui/toasts.tsx';

const root = document.getElementById('app');
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <Fault>
          <QueryClientProvider client={makeQueryClient()}>
            <Clock>
              <Toasts>
                <App />
              </Toasts>
            </Clock>
          </QueryClientProvider>
        </Fault>
      </MantineProvider>
    </StrictMode>,
  );
