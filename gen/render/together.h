/* Several threads drawing at once. */
#ifndef MINGBAI_RENDER_TOGETHER_H
#define MINGBAI_RENDER_TOGETHER_H

/* Calls work(data), once. Threads it starts, and has ended when it returns, may render at the same
 * time. */
void render_together(void (*work)(void *data), void *data);

#endif
