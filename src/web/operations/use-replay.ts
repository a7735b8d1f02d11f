import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCall } from '../api/use-api.ts';
import { wordsOf } from '../ui/form.tsx';
import { useToast } from '../ui/toasts.tsx';
import { count } from '../ui/words.ts';

/** Has deliveries sent once more, and tells how many will be. */
export function useReplay(onDone: () => void): { replay: (ids: string[]) => void; isBusy: boolean } {
  const call = useCall();
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: (ids: string[]) => call('replayDeliveries', { body: { ids } }),
    onSuccess: ({ results }) => {
      const refused = results.find(({ result }) => result !== 'done');
      const done = results.filter(({ result }) => result === 'done').length;
      toast({
        kind: refused ? 'error' : 'news',
        text: `${count(done, 'delivery', 'deliveries')} will be sent again.${refused?.message ? ` ${refused.message}` : ''}`,
      });
      onDone();
    },
    onError: (error) => toast({ kind: 'error', text: wordsOf(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['listDeliveries'] }),
  });
  return { replay: mutate, isBusy: isPending };
}
