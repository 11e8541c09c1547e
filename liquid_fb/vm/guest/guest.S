/*
 * The smallest guest that is worth looking at: a boot sector that shows
 * patterns, another one with each key, in three modes: F1 320x200, F2 640x480,
 * F3 text. Each byte from the keyboard is told in hexadecimal, a line each, at
 * port 0xe9, where QEMU's -debugcon listens.
 *
 * Real mode; everything is at 0:0x7c00 + its offset.
 */
	.intel_syntax noprefix
	.code16
	.text

	.set	BASE, 0x7c00
	.set	KEYBOARD, 9 * 4		/* its interrupt's vector */

start:
	cli
	xor	ax, ax
	mov	ds, ax
	mov	ss, ax
	mov	sp, BASE
	mov	word ptr ds:[KEYBOARD], offset keyboard - start + BASE
	mov	word ptr ds:[KEYBOARD + 2], ax
	sti
	mov	al, 0x13
set:
	mov	byte ptr ds:[BASE + mode - start], al
	xor	ah, ah
	int	0x10
paint:
	mov	bl, byte ptr ds:[BASE + pattern - start]
	mov	al, byte ptr ds:[BASE + mode - start]
	mov	dx, 0xa000
	cmp	al, 3
	jne	1f
	mov	dx, 0xb800
1:	mov	es, dx
	xor	di, di
	cld
	cmp	al, 0x13
	jne	stripes

	/* colours by x ^ y */
	xor	dx, dx
2:	xor	cx, cx
3:	mov	ax, cx
	shr	ax, 1
	xor	al, dl
	add	al, bl
	stosb
	inc	cx
	cmp	cx, 320
	jne	3b
	inc	dx
	cmp	dx, 200
	jne	2b
	jmp	wait

stripes:
	mov	cx, 0x9600		/* 640 * 480 / 8 */
	cmp	al, 3
	jne	4f
	mov	cx, 4000		/* 80 * 25 * 2 */
4:	mov	ax, di
	shr	ax, 4
	add	al, bl
	stosb
	loop	4b

wait:
	hlt
	xor	al, al
	xchg	al, byte ptr ds:[BASE + code - start]
	test	al, al
	jz	wait
	inc	byte ptr ds:[BASE + pattern - start]
	mov	ah, al
	mov	al, 0x13
	cmp	ah, 0x3b
	je	set
	mov	al, 0x12
	cmp	ah, 0x3c
	je	set
	mov	al, 3
	cmp	ah, 0x3d
	je	set
	jmp	paint

keyboard:
	push	ax
	push	bx
	in	al, 0x60
	mov	bl, al
	test	al, 0x80
	jnz	5f
	mov	byte ptr cs:[BASE + code - start], al
5:	shr	al, 4
	call	digit
	mov	al, bl
	and	al, 15
	call	digit
	mov	al, '\n'
	out	0xe9, al
	mov	al, 0x20
	out	0x20, al
	pop	bx
	pop	ax
	iret

digit:
	add	al, '0'
	cmp	al, '9'
	jbe	6f
	add	al, 'a' - '9' - 1
6:	out	0xe9, al
	ret

mode:	.byte	0
pattern: .byte	0
code:	.byte	0			/* the last key that went down */

	.org	510
	.word	0xaa55
