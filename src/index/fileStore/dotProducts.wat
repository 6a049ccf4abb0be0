;; The cosine of one vector with every row of a table: nearest-neighbour search that leaves nothing out.
;;
;; Rows are int8 with one float scale behind each, as they stand in the index's file; the vector is int16, scaled so that
;; no sum of products leaves int32. So each dot product is exact, and one float multiplication follows:
;;
;;     cosine(j) = dot(vector, row j) * scale(j)            (the caller takes the vector's own scale into account)
;;
;; The kernel is bound by reading the rows: one load of the vector serves four rows, and i32x4.dot_i16x8_s multiplies and adds
;; eight pairs in one instruction. maxsim.wat says why int16, and why no more is unrolled by hand.
;;
;; Rows are taken four at a time: up to three records behind the last one are read, and as many values behind the last one
;; written. Whatever stands there is computed and never read.
(module
  (memory (export "memory") 1)

  (func (export "run")
    (param $dimensions i32) ;; a positive multiple of 8
    (param $stride i32)     ;; bytes from one row to the next: the dimensions, and 4 for the scale
    (param $vector i32)     ;; where the vector is, int16
    (param $rows i32)       ;; where the first row is
    (param $count i32)      ;; rows, 1 or more
    (param $out i32)        ;; where the products go, f32

    (local $row0 i32) (local $row1 i32) (local $row2 i32) (local $row3 i32)
    (local $at i32) (local $end i32) (local $last i32)
    (local $values v128)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local $low v128) (local $high v128)

    (local.set $row0 (local.get $rows))
    (local.set $last (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $end (i32.add (local.get $vector) (i32.shl (local.get $dimensions) (i32.const 1))))
    (loop $eachFour
      (local.set $row1 (i32.add (local.get $row0) (local.get $stride)))
      (local.set $row2 (i32.add (local.get $row1) (local.get $stride)))
      (local.set $row3 (i32.add (local.get $row2) (local.get $stride)))
      (local.set $a0 (v128.const i32x4 0 0 0 0))
      (local.set $a1 (v128.const i32x4 0 0 0 0))
      (local.set $a2 (v128.const i32x4 0 0 0 0))
      (local.set $a3 (v128.const i32x4 0 0 0 0))
      (local.set $at (local.get $vector))
      (loop $eachEight
        (local.set $values (v128.load (local.get $at)))
        (local.set $a0 (i32x4.add (local.get $a0)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row0)) (local.get $values))))
        (local.set $a1 (i32x4.add (local.get $a1)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row1)) (local.get $values))))
        (local.set $a2 (i32x4.add (local.get $a2)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row2)) (local.get $values))))
        (local.set $a3 (i32x4.add (local.get $a3)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row3)) (local.get $values))))
        (local.set $row0 (i32.add (local.get $row0) (i32.const 8)))
        (local.set $row1 (i32.add (local.get $row1) (i32.const 8)))
        (local.set $row2 (i32.add (local.get $row2) (i32.const 8)))
        (local.set $row3 (i32.add (local.get $row3) (i32.const 8)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $eachEight (i32.lt_u (local.get $at) (local.get $end))))

      ;; Four sums of four parts each become one register of four sums: two rows a register first.
      (local.set $low (i32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a0) (local.get $a1))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a0) (local.get $a1))))
      (local.set $high (i32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a2) (local.get $a3))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a2) (local.get $a3))))
      ;; Each row's pointer has come to its scale.
      (v128.store (local.get $out) (f32x4.mul
        (f32x4.convert_i32x4_s (i32x4.add
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $low) (local.get $high))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $low) (local.get $high))))
        (v128.load32_lane 3 (local.get $row3)
          (v128.load32_lane 2 (local.get $row2)
            (v128.load32_lane 1 (local.get $row1)
              (v128.load32_zero (local.get $row0)))))))
      (local.set $row0 (i32.add (local.get $row3) (i32.const 4)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (br_if $eachFour (i32.lt_u (local.get $out) (local.get $last))))))
