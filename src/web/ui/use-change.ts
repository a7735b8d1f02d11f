import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EndpointName } from '../../contract/api.ts';
import { type Call, useCall } from '../api/use-api.ts';
import { wordsOf } from './form.tsx';
import { useToast } from './toasts.tsx';

/** Runs a change that answers with what to tell, then asks for the list again. */
export function useChange(list: EndpointName): { change: (run: () => Promise<string>) => void; call: Call } {
  const call = useCall();
  const client = useQueryClient();
  const toast = useToast();
  const { mutate } = useMutation({
    mutationFn: (run: () => Promise<string>) => run(),
    onSuccess: (text) => toast({ text }),
    onError: (error) => toast({ kind: 'error', text: wordsOf(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: [list] }),
  });
  return { change: mutate, call };
}
