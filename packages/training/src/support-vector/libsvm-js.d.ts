/** The part of `libsvm-js` in use; the package brings no types. */
declare module 'libsvm-js/asm.js' {
  interface SvmOptions {
    readonly type: string;
    readonly kernel: string;
    readonly cost: number;
    readonly weight: Readonly<Record<string, number>>;
    readonly tolerance: number;
    readonly gamma: number;
    readonly probabilityEstimates: boolean;
    readonly quiet: boolean;
  }

  class SVM {
    static readonly SVM_TYPES: { readonly C_SVC: string };
    static readonly KERNEL_TYPES: { readonly RBF: string };
    constructor(options: SvmOptions);
    train(samples: readonly (readonly number[])[], labels: readonly number[]): void;
    getSVIndices(): number[];
    serializeModel(): string;
    free(): void;
  }

  export = SVM;
}
