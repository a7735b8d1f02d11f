import { createTheme, Menu, Modal, ModalHeader, Popover } from '@mantine/core';

/** Colours and sizes stand in tokens.css; here is only how components behave. */
export const theme = createTheme({
  respectReducedMotion: true,
  components: {
    // Locking the page's scroll writes a style element, which the content security policy refuses.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, closeButtonProps: { 'aria-label': 'Close' } },
    }),
    // A dialog's head is not the head of the page.
    ModalHeader: ModalHeader.extend({ defaultProps: { role: 'presentation' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md' } }),
  },
});
