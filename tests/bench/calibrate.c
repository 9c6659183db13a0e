/* A fixed piece of work (integers and memory, about a fifth of a second) that the bench's other figures
 * are multiples of, so that they can be compared on a noisy machine. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    enum { WORDS = 1 << 20, ROUNDS = 48 };
    uint32_t *words = malloc(WORDS * sizeof *words);
    if (!words)
        return 1;
    uint32_t state = 2463534242u;
    for (size_t i = 0; i < WORDS; i++)
        words[i] = (uint32_t)i;
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < WORDS; i++) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            words[state & (WORDS - 1)] += words[i] ^ state;
        }
    printf("%u\n", words[state & (WORDS - 1)]);
    free(words);
    return 0;
}
