;; MaxSim, the late interaction of ColBERT (Khattab and Zaharia 2020, section 3.3): for each token of the
;; question, the best cosine among the tokens of a passage, and which token gives it.
;;
;; Token vectors are int8 rows with one float scale a row, so a cosine is an exact integer dot product and
;; two float operations:
;;
;;     cosine(t, j) = dot(t, j) * questionScale[t] * passageScale[j]
;;
;; What decides the speed, in order:
;;
;; 1. i32x4.dot_i16x8_s. It multiplies eight pairs of int16 and adds neighbours into four int32: eight
;;    multiply-adds in one x86 instruction (pmaddwd). Fixed-width SIMD has no such instruction for int8
;;    (only the relaxed proposal has, not in Node 20), so both sides have to be int16 when they meet.
;;    The int32 sums have room for 65,536 dimensions of products up to 127 * 127: every dot product is exact.
;; 2. Widening the question once. Its few tokens meet every passage, so they come here as int16. Passage
;;    rows stay int8, half the bytes to copy, and are widened by the load itself (v128.load8x8_s), for four
;;    question tokens at a time. Widening a passage beforehand gained 1 % and needs twice the memory.
;; 3. A register tile of 2 passage rows by 4 question tokens. A dot product alone needs two loads for each
;;    multiplication; the tile needs six loads for eight. Its 8 sums, 2 rows and 1 or 2 question vectors fit
;;    the 15 vector registers that V8 gives out. Larger tiles (3x4, 4x4, 2x8) do not fit, their sums go
;;    through the stack: 1.5 to 1.8 times slower. Smaller ones (1x4, 1x8) load more: 1.1 to 1.2 times.
;; 4. No unrolling by hand. V8 unrolls a loop as small as the innermost one by itself; unrolled twice in
;;    this file it was 1.4 times slower, since V8 lifts all the loads to the top and runs out of registers.
;;
;; (Measured 2026-11-23 with Node 20.20 on an AMD EPYC at 3.9 GHz, 15 tokens against 32 passages of 50 rows of 384
;; dimensions: 0.23 ms, of which 0.02 ms is copying the passages here. The multiplier alone would take 0.16 ms.)
;;
;; Memory, all given by the caller as byte offsets:
;;
;;   records   one of 48 bytes for each tile of 4 question tokens (lane = token):
;;             0 scales f32x4 | 16 best cosines f32x4 | 32 their rows i32x4
;;             the first is read, the last two are written
;;   panels    the question as int16, tile after tile, in the order in which the innermost loop reads it:
;;             dimensions 0..7 of tokens 0, 1, 2, 3, then dimensions 8..15 of tokens 0, 1, 2, 3, and so on.
;;             So one pointer walks all four tokens ("packing", as matrix multiplications do it).
;;   rows      the passage, int8, row after row
;;   scales    the passage's scales, f32
;;
;; The last tile may have fewer than 4 tokens: whatever stands in the other lanes is computed and never read.
(module
  (memory (export "memory") 1)

  (func (export "run")
    (param $dimensions i32) ;; a positive multiple of 8
    (param $tiles i32)      ;; tiles of question tokens, 0 or more
    (param $records i32)
    (param $panels i32)
    (param $rows i32)
    (param $scales i32)
    (param $count i32)      ;; rows of the passage, 0 or more

    (local $first i32) (local $second i32)  ;; numbers of the two rows of the tile
    (local $at0 i32) (local $at1 i32)       ;; where they are read
    (local $panelAt i32) (local $end i32)
    (local $row0 v128) (local $row1 v128) (local $token v128)
    ;; Sums of row 0 with tokens 0 to 3, and of row 1: four partial sums in each register.
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128)
    (local $low v128) (local $high v128) (local $cosines v128) (local $better v128)
    (local $best v128) (local $bestRows v128)

    (if (i32.eqz (local.get $tiles)) (then (return)))
    (loop $eachTile
      (local.set $best (v128.const f32x4 -inf -inf -inf -inf))
      (local.set $bestRows (v128.const i32x4 -1 -1 -1 -1))
      (local.set $first (i32.const 0))

      (if (local.get $count) (then (loop $eachPair
        ;; The row after the last is the last once more: a row that ties with itself changes nothing,
        ;; and no second copy of the loop for an odd row is needed.
        (local.set $second (i32.add (local.get $first) (i32.const 1)))
        (local.set $second (select
          (local.get $second) (local.get $first) (i32.lt_u (local.get $second) (local.get $count))))
        (local.set $at0 (i32.add (local.get $rows) (i32.mul (local.get $first) (local.get $dimensions))))
        (local.set $at1 (i32.add (local.get $rows) (i32.mul (local.get $second) (local.get $dimensions))))
        (local.set $end (i32.add (local.get $at0) (local.get $dimensions)))
        (local.set $panelAt (local.get $panels))
        (local.set $a0 (v128.const i32x4 0 0 0 0))
        (local.set $a1 (v128.const i32x4 0 0 0 0))
        (local.set $a2 (v128.const i32x4 0 0 0 0))
        (local.set $a3 (v128.const i32x4 0 0 0 0))
        (local.set $b0 (v128.const i32x4 0 0 0 0))
        (local.set $b1 (v128.const i32x4 0 0 0 0))
        (local.set $b2 (v128.const i32x4 0 0 0 0))
        (local.set $b3 (v128.const i32x4 0 0 0 0))

        ;; Nearly all the time is spent here: 8 dimensions of 2 rows and 4 tokens a turn.
        (loop $eachStep
          (local.set $row0 (v128.load8x8_s (local.get $at0)))
          (local.set $row1 (v128.load8x8_s (local.get $at1)))
          (local.set $token (v128.load (local.get $panelAt)))
          (local.set $a0 (i32x4.add (local.get $a0) (i32x4.dot_i16x8_s (local.get $row0) (local.get $token))))
          (local.set $b0 (i32x4.add (local.get $b0) (i32x4.dot_i16x8_s (local.get $row1) (local.get $token))))
          (local.set $token (v128.load offset=16 (local.get $panelAt)))
          (local.set $a1 (i32x4.add (local.get $a1) (i32x4.dot_i16x8_s (local.get $row0) (local.get $token))))
          (local.set $b1 (i32x4.add (local.get $b1) (i32x4.dot_i16x8_s (local.get $row1) (local.get $token))))
          (local.set $token (v128.load offset=32 (local.get $panelAt)))
          (local.set $a2 (i32x4.add (local.get $a2) (i32x4.dot_i16x8_s (local.get $row0) (local.get $token))))
          (local.set $b2 (i32x4.add (local.get $b2) (i32x4.dot_i16x8_s (local.get $row1) (local.get $token))))
          (local.set $token (v128.load offset=48 (local.get $panelAt)))
          (local.set $a3 (i32x4.add (local.get $a3) (i32x4.dot_i16x8_s (local.get $row0) (local.get $token))))
          (local.set $b3 (i32x4.add (local.get $b3) (i32x4.dot_i16x8_s (local.get $row1) (local.get $token))))
          (local.set $panelAt (i32.add (local.get $panelAt) (i32.const 64)))
          (local.set $at0 (i32.add (local.get $at0) (i32.const 8)))
          (local.set $at1 (i32.add (local.get $at1) (i32.const 8)))
          (br_if $eachStep (i32.lt_u (local.get $at0) (local.get $end))))

        ;; Row 0: add up the four partial sums of each token. Adding across a register is slow; instead the
        ;; four registers are transposed while they are added, and the four dot products come out as the
        ;; four lanes of one register, ready for the floats. First, with two tokens a register,
        ;;   low  = token 0: 0+2, token 1: 0+2, token 0: 1+3, token 1: 1+3      (high: tokens 2 and 3)
        ;; then low's and high's halves give tokens 0, 1, 2, 3.
        (local.set $low (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a0) (local.get $a1))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a0) (local.get $a1))))
        (local.set $high (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a2) (local.get $a3))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a2) (local.get $a3))))
        (local.set $cosines (f32x4.convert_i32x4_s (i32x4.add
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $low) (local.get $high))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $low) (local.get $high)))))
        (local.set $cosines (f32x4.mul
          (f32x4.mul (local.get $cosines) (v128.load (local.get $records)))
          (v128.load32_splat (i32.add (local.get $scales) (i32.shl (local.get $first) (i32.const 2))))))
        ;; Strictly greater: of equal rows the lowest stays. One mask picks both the cosine and the row.
        (local.set $better (f32x4.gt (local.get $cosines) (local.get $best)))
        (local.set $best (v128.bitselect (local.get $cosines) (local.get $best) (local.get $better)))
        (local.set $bestRows (v128.bitselect
          (i32x4.splat (local.get $first)) (local.get $bestRows) (local.get $better)))

        ;; Row 1, the same. (V8 does not inline calls: as a function it would empty the registers each time.)
        (local.set $low (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $b0) (local.get $b1))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $b0) (local.get $b1))))
        (local.set $high (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $b2) (local.get $b3))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $b2) (local.get $b3))))
        (local.set $cosines (f32x4.convert_i32x4_s (i32x4.add
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $low) (local.get $high))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $low) (local.get $high)))))
        (local.set $cosines (f32x4.mul
          (f32x4.mul (local.get $cosines) (v128.load (local.get $records)))
          (v128.load32_splat (i32.add (local.get $scales) (i32.shl (local.get $second) (i32.const 2))))))
        (local.set $better (f32x4.gt (local.get $cosines) (local.get $best)))
        (local.set $best (v128.bitselect (local.get $cosines) (local.get $best) (local.get $better)))
        (local.set $bestRows (v128.bitselect
          (i32x4.splat (local.get $second)) (local.get $bestRows) (local.get $better)))

        (local.set $first (i32.add (local.get $first) (i32.const 2)))
        (br_if $eachPair (i32.lt_u (local.get $first) (local.get $count))))))

      (v128.store offset=16 (local.get $records) (local.get $best))
      (v128.store offset=32 (local.get $records) (local.get $bestRows))
      (local.set $records (i32.add (local.get $records) (i32.const 48)))
      ;; 4 tokens of int16: 8 bytes a dimension.
      (local.set $panels (i32.add (local.get $panels) (i32.shl (local.get $dimensions) (i32.const 3))))
      (local.set $tiles (i32.sub (local.get $tiles) (i32.const 1)))
      (br_if $eachTile (local.get $tiles)))))
