/** The package ships no types. */
declare module "heic-decode" {
  interface Pixels {
    width: number;
    height: number;
    /** Four bytes a pixel: red, green, blue, alpha. */
    data: Uint8ClampedArray;
  }
  interface Images extends Array<{ width: number; height: number; decode(): Promise<Pixels> }> {
    dispose(): void;
  }
  const heic: { all(options: { buffer: Uint8Array }): Promise<Images> };
  export default heic;
}
