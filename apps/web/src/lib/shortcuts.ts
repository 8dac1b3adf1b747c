/** Lets any part of the page open the list of shortcuts, which is loaded on its first use. */
let open: () => void = () => {};
export const onOpenShortcuts = (handler: () => void): (() => void) => {
  open = handler;
  return () => {
    open = () => {};
  };
};
export const openShortcuts = (): void => open();
