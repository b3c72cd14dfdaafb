declare module 'pino-roll' {
  import type { SonicBoom } from 'sonic-boom';

  export default function roll(options: {
    file: string;
    extension?: string;
    frequency?: 'daily' | 'hourly' | number;
    size?: string | number;
    limit?: { count?: number };
  }): Promise<SonicBoom>;
}
