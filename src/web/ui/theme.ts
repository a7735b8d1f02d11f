import { createTheme, Drawer, Menu, Modal, Popover } from '@mantine/core';

/** Colours and sizes stand in tokens.css; here is only how components behave. */
export const theme = createTheme({
  respectReducedMotion: true,
  components: {
    // Locking the page's scroll writes a style element, which the content security policy refuses.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md' } }),
  },
});
